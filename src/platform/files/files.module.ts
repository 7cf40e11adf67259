import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { FileStore } from './file-store.js';
import { StoredFile } from './stored-file.entity.js';

@Global()
@Module({ imports: [TypeOrmModule.forFeature([StoredFile])], providers: [FileStore], exports: [FileStore] })
export class FilesModule {}
