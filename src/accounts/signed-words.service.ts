import { Injectable } from '@nestjs/common';
import { readWord, signWord } from './secrets.js';
import { SigningKeys } from './signing-keys.js';

/** What the word lets its holder do, without an account. */
export type WordPurpose = 'contestation';

/** Words put in the address of a mail, that stand for an account: nothing of them is kept, a signature proves them. */
@Injectable()
export class SignedWordsService {
  constructor(private readonly keys: SigningKeys) {}

  async sign(purpose: WordPurpose, id: string): Promise<string> {
    return signWord(await this.keys.current(), purpose, id);
  }

  /** @returns the id that was signed, or null: the word is not ours, or serves for something else */
  async read(purpose: WordPurpose, word: string): Promise<string | null> {
    return readWord(await this.keys.current(), purpose, word);
  }
}
