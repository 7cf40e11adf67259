import library from 'nodemailer';

export const reminder = library;
