import multer from 'multer';

export const routes = multer;
