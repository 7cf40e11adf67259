import { createHash } from 'node:crypto';

/** The chain of what concerns no group. Any other is named after its group. */
export const INSTALLATION_CHAIN = '00000000-0000-0000-0000-000000000000';

const BEFORE_THE_FIRST = Buffer.alloc(32);

/** A line as it is stored, each column in the text that its hash was computed on. */
export interface StoredLine {
  readonly chain: string;
  readonly position: number;
  readonly id: string;
  /** Microseconds since 1970. */
  readonly at: string;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly tokenId: string | null;
  readonly onBehalfOf: string | null;
  readonly channel: string;
  readonly requestId: string | null;
  readonly groupId: string | null;
  readonly buyerId: string | null;
  readonly subject: string;
  readonly subjectId: string;
  readonly key: string;
  /** The text that PostgreSQL gives of the jsonb. */
  readonly before: string | null;
  readonly after: string | null;
  readonly previousHash: Buffer;
  readonly hash: Buffer;
}

/** The last line of a chain: its position from 1, and its hash in 64 hexadecimal digits. */
export interface ChainHead {
  readonly chain: string;
  readonly position: number;
  readonly hash: string;
}

/**
 * What a verification found, at a position of a chain:
 * - `altered`: the line no longer gives its hash;
 * - `missing`: the lines from `position` to `until` are gone;
 * - `misplaced`: the line does not follow the one before it: lines changed places, or that one was written anew;
 * - `head`: the head noted by the database is not the last line;
 * - `known-missing`, `known-differs`: a line noted elsewhere earlier is gone, or is not the one noted.
 */
export interface ChainFault {
  readonly kind: 'altered' | 'missing' | 'misplaced' | 'head' | 'known-missing' | 'known-differs';
  readonly chain: string;
  readonly position: number;
  readonly until: number;
}

/** The hash that a line must have: the twin of `journal_entry_hash` in the migrations, written apart from it. */
export function lineHash(line: StoredLine): Buffer {
  const hash = createHash('sha256').update(line.previousHash);
  for (const value of [
    line.chain,
    String(line.position),
    line.id,
    line.at,
    line.actorKind,
    line.actorId,
    line.actorName,
    line.tokenId,
    line.onBehalfOf,
    line.channel,
    line.requestId,
    line.groupId,
    line.buyerId,
    line.subject,
    line.subjectId,
    line.key,
    line.before,
    line.after,
  ])
    hash.update(value === null ? '-' : `${Buffer.byteLength(value)}:${value}`);
  return hash.digest();
}

/** Verifies chains as their lines go by, in the order of chains and positions; keeps nothing but the last line. */
export class ChainAudit {
  private readonly heads: Map<string, ChainHead>;
  private readonly known: Map<string, ChainHead[]>;
  private last: ChainHead | undefined;
  lines = 0;
  chains = 0;

  /**
   * @param heads of the chains to verify, as the database notes them
   * @param known heads that were noted elsewhere, at any earlier time
   */
  constructor(heads: readonly ChainHead[], known: readonly ChainHead[]) {
    this.heads = new Map(heads.map((head) => [head.chain, head]));
    this.known = new Map();
    for (const head of known) this.known.set(head.chain, [...(this.known.get(head.chain) ?? []), head]);
  }

  /** Takes the next line. @returns what is wrong with it, or before it */
  read(line: StoredLine): ChainFault[] {
    const faults = this.last?.chain === line.chain ? [] : this.close();
    const { chain, position } = line;
    const expected = this.last ? this.last.position + 1 : 1;
    const before = this.last?.hash ?? BEFORE_THE_FIRST.toString('hex');
    const hash = line.hash.toString('hex');
    if (position > expected) faults.push({ kind: 'missing', chain, position: expected, until: position - 1 });
    else if (position < expected || line.previousHash.toString('hex') !== before)
      faults.push(fault('misplaced', line));
    if (!lineHash(line).equals(line.hash)) faults.push(fault('altered', line));
    for (const noted of this.known.get(chain) ?? [])
      if (noted.position === position && noted.hash !== hash) faults.push(fault('known-differs', line));
    if (!this.last) this.chains += 1;
    this.lines += 1;
    this.last = { chain, position, hash };
    return faults;
  }

  /** Tells that there are no more lines. @returns what is wrong with the last chain, and with those that have no line */
  end(): ChainFault[] {
    const faults = this.close();
    for (const { chain, position } of this.heads.values())
      if (position > 0) faults.push({ kind: 'missing', chain, position: 1, until: position });
    for (const noted of [...this.known.values()].flat()) faults.push(fault('known-missing', noted));
    return faults;
  }

  private close(): ChainFault[] {
    const { last } = this;
    if (!last) return [];
    this.last = undefined;
    const { chain, position } = last;
    const head = this.heads.get(chain);
    this.heads.delete(chain);
    const faults: ChainFault[] = [];
    if (head && head.position > position)
      faults.push({ kind: 'missing', chain, position: position + 1, until: head.position });
    else if (head?.position !== position || head.hash !== last.hash) faults.push(fault('head', last));
    for (const noted of this.known.get(chain) ?? [])
      if (noted.position > position) faults.push(fault('known-missing', noted));
    this.known.delete(chain);
    return faults;
  }
}

const fault = (kind: ChainFault['kind'], { chain, position }: ChainHead | StoredLine): ChainFault => ({
  kind,
  chain,
  position,
  until: position,
});
