/** Who is signed in, or holds a token. */
export interface Actor {
  readonly personId: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A file sent as it is. */
export class SentFile {
  constructor(
    readonly type: string,
    readonly content: string | Buffer,
    /** What the manual shows: its lines, or « < path », by which an editor includes it. */
    readonly shown: readonly string[] = content.toString().trimEnd().split(/\r?\n/),
  ) {}
}

/** Headers of an answer that the manual shows. */
const SHOWN = ['etag', 'link', 'idempotency-replayed', 'retry-after', 'www-authenticate'];

/**
 * Sends requests for real, checks their status, and writes them down as an `.http` file that an editor can play again.
 * What changes from one run to the next (ids, secrets, instants, hashes) is replaced by names.
 */
export class Recorder {
  private readonly lines: string[] = [];
  private muted = false;
  private pick: ((answer: unknown) => unknown) | null = null;

  /** @param names of values, which another manual gave them */
  constructor(
    private readonly base: string,
    private readonly names = new Map<string, string>(),
  ) {}

  /** Another manual, that knows what this one named. */
  next(): Recorder {
    return new Recorder(this.base, this.names);
  }

  /** What is done meanwhile is checked, and not written down: the same again, for others. */
  async unrecorded<T>(work: () => Promise<T>): Promise<T> {
    this.muted = true;
    return work().finally(() => (this.muted = false));
  }

  /** Of the answers received meanwhile, only a part is written down: the whole would hide it. */
  async excerpt<A>(pick: (answer: A) => unknown, work: () => Promise<unknown>): Promise<A> {
    this.pick = pick as (answer: unknown) => unknown;
    return work().finally(() => (this.pick = null)) as Promise<A>;
  }

  /** A remark between two requests. */
  remark(text: string): void {
    this.lines.push(`# ${text}`, '');
  }

  chapter(title: string, text: string): void {
    this.lines.push('', `# ${'='.repeat(100)}`, `# ${title}`, `# ${text}`, '');
  }

  /** From now on the value is written `{{name}}`. */
  name(value: string, name: string): void {
    this.names.set(value, `{{${name}}}`);
  }

  get(title: string, path: string, status: number, actor?: Actor): Promise<unknown> {
    return this.send(title, 'GET', path, status, actor);
  }

  post(
    title: string,
    actor: Actor | undefined,
    path: string,
    body: object,
    status: number,
    headers: Record<string, string> = {},
  ): Promise<unknown> {
    return this.send(title, 'POST', path, status, actor, body, headers);
  }

  /** Uses a one-time link, and keeps the session under that name. */
  async enter(title: string, name: string, path: string, body: object): Promise<Actor> {
    let cookie = '';
    const answer = (await this.send(title, 'POST', path, 201, undefined, body, {}, (response) => {
      cookie = response.headers
        .getSetCookie()
        .map((one) => one.split(';')[0]!)
        .join('; ');
    })) as { personId: string };
    this.name(cookie, `session.${name}`);
    this.name(answer.personId, `personne.${name}`);
    return { personId: answer.personId, headers: { Cookie: cookie } };
  }

  enterByMail(title: string, name: string, secret: string, body: object): Promise<Actor> {
    this.name(secret, `lienDuCourriel.${name}`);
    return this.enter(title, name, `/one-time-links/${secret}/session`, body);
  }

  async send(
    title: string,
    method: string,
    path: string,
    status: number,
    actor?: Actor,
    body?: object | SentFile,
    headers: Record<string, string> = {},
    look: (response: Response) => void = () => undefined,
  ): Promise<unknown> {
    const sent = {
      ...actor?.headers,
      ...(body === undefined
        ? {}
        : { 'Content-Type': body instanceof SentFile ? body.type : 'application/json' }),
      ...headers,
    };
    const response = await fetch(`${this.base}${path}`, {
      method,
      headers: sent,
      ...(body === undefined
        ? {}
        : { body: (body instanceof SentFile ? body.content : JSON.stringify(body)) as BodyInit }),
    });
    const text = await response.text();
    if (response.status !== status)
      throw new Error(`${method} ${path}: ${response.status} instead of ${status}\n${text}`);
    look(response);
    const answer: unknown = text === '' ? undefined : JSON.parse(text);
    if (this.muted) return answer;
    const told = this.pick === null ? answer : this.pick(answer);
    this.lines.push(
      `### ${title}`,
      `${method} {{url}}/api/v1${path}`,
      ...Object.entries(sent).map(([name, value]) => `${name}: ${value}`),
      ...(body === undefined
        ? []
        : ['', ...(body instanceof SentFile ? body.shown : [JSON.stringify(body, null, 2)])]),
      '',
      `# → ${response.status}${this.pick === null ? '' : ', en extrait\u00a0:'}`,
      ...SHOWN.flatMap((name) =>
        // A weak tag is express's own, of no use to If-Match.
        (response.headers.get(name) ?? 'W/').startsWith('W/')
          ? []
          : [`# ${name}: ${response.headers.get(name)!}`],
      ),
      ...(told === undefined
        ? []
        : JSON.stringify(told, null, 2)
            .split('\n')
            .map((line) => `# ${line}`)),
      '',
    );
    return answer;
  }

  /** A file, as it comes; not written down. */
  async download(path: string, actor: Actor): Promise<Buffer> {
    const response = await fetch(`${this.base}${path}`, { headers: actor.headers });
    if (!response.ok) throw new Error(`GET ${path}: ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  }

  /** The manual, from its title on. */
  text(title: string): string {
    this.retell();
    const text = [
      `# ${title}`,
      '# Écrit par test/journey : chaque demande a été faite, chaque réponse reçue.',
      ...this.lines,
    ]
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim();
    return `${text}\n`;
  }

  /** Names replace values, whenever they were given; then what has no name is told by its kind. */
  private retell(): void {
    const known = [...this.names].sort(([a], [b]) => b.length - a.length);
    this.lines.forEach((line, position) => {
      let told = line;
      for (const [value, name] of known) told = told.replaceAll(value, name);
      this.lines[position] = told
        .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '{{instant}}')
        .replace(/"hash": "[0-9a-f]{64}"/g, '"hash": "{{empreinte}}"')
        .replace(/"sha256": "[0-9a-f]{64}"/g, '"sha256": "{{empreinte}}"')
        .replace(/((?:nous sommes|depuis) le )[^()]+ à \d+[^()]+\(heure de Paris\)/g, '$1{{moment}}')
        .replace(/AR-\d{4}-\d{6}/g, '{{accusé}}')
        .replace(/("requestId": ")[\w-]{36}/g, '$1{{demande}}')
        .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) =>
          id.startsWith('019ab6f0') ? id : '{{id}}',
        )
        .replace(/after=[\w-]+/g, 'after={{curseur}}')
        .replace(/"next": "[\w-]{8,}"/g, '"next": "{{curseur}}"')
        .replace(/"position": \d+/g, '"position": {{rang}}');
    });
  }
}
