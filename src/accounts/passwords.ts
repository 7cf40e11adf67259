import { hash, verify } from '@node-rs/argon2';

/** argon2id with 19 MiB, two passes, one lane: the least that OWASP's password storage sheet accepts. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

const SHORTEST = 12;

/** An accent typed on one machine is the same as on another: NFC (RFC 8265 §4). */
const prepared = (password: string): string => password.normalize('NFC');

export const passwordHash = (password: string): Promise<string> => hash(prepared(password), COST);

/** Compared when there is nothing to compare with, so that an unknown address takes as long as a wrong password. */
let nobody: Promise<string> | undefined;

/** Whether the password is the one that was hashed; false, as slowly, when there is no hash. */
export async function verifyPassword(hashed: string | null, password: string): Promise<boolean> {
  nobody ??= passwordHash('nobody has this password');
  const matches = await verify(hashed ?? (await nobody), prepared(password));
  return hashed !== null && matches;
}

/** Length counts most (NIST SP 800-63B); what anyone would try first is refused too. */
export function isTooWeak(password: string, email: string | null): boolean {
  const characters = [...prepared(password)];
  if (characters.length < SHORTEST) return true;
  if (new Set(characters).size < 4) return true;
  const [name = ''] = (email ?? '').split('@');
  return name.length > 3 && password.toLowerCase().replaceAll(name.toLowerCase(), '').length < 6;
}
