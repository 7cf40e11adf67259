import type { IncomingMessage } from 'node:http';

/**
 * `GET http://host/path` is a lawful way to write a request (RFC 9112 §3.2.2), which what comes after would not know: it is
 * written again as `GET /path`, before express looks at it. The host that counts is that of the header.
 */
export function toOriginForm(request: IncomingMessage): void {
  const { url = '/' } = request;
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return;
  const { pathname, search } = new URL(url);
  request.url = `${pathname}${search}`;
}
