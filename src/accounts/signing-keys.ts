import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** The key that signs reading links and session cookies: one for the installation, drawn when it is first needed. */
@Injectable()
export class SigningKeys {
  private known: Promise<Buffer> | undefined;

  constructor(private readonly dataSource: DataSource) {}

  current(): Promise<Buffer> {
    this.known ??= this.load().catch((error: unknown) => {
      this.known = undefined;
      throw error;
    });
    return this.known;
  }

  private async load(): Promise<Buffer> {
    // Two processes may come first together: the one whose row is refused takes the other's.
    await this.dataSource.query(
      `insert into signing_key (id, secret) values (1, $1) on conflict (id) do nothing`,
      [randomBytes(32)],
    );
    const [row] = await this.dataSource.query<{ secret: Buffer }[]>(
      `select secret from signing_key where id = 1`,
    );
    return row!.secret;
  }
}
