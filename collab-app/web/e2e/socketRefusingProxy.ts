import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A proxy as some offices have it: passes every request on, and lets no WebSocket through. */
export interface SocketRefusingProxy {
  readonly url: string;
  /** How many sockets it has turned away. */
  readonly refused: () => number;
  readonly close: () => Promise<void>;
}

export async function startSocketRefusingProxy(target: string): Promise<SocketRefusingProxy> {
  const { hostname, port } = new URL(target);
  let refused = 0;
  const server = createServer((incoming, outgoing) => {
    const onward = request(
      { hostname, port, path: incoming.url, method: incoming.method, headers: incoming.headers },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.writeHead(502).end());
    outgoing.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  server.on('upgrade', (_request, socket) => {
    refused += 1;
    socket.end('HTTP/1.1 501 Not Implemented\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: ownPort } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(ownPort)}`,
    refused: () => refused,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
