/** A fresh idempotency key: 128 random bits as 32 hexadecimal digits. Works on pages without a secure context too. */
export function newIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
