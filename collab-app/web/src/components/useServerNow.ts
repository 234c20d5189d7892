import { useEffect, useState } from 'react';

/** The server's time in milliseconds, renewed each second while it is wanted; null until the server told it. */
export function useServerNow(serverNow: () => number | null, isWanted: boolean): number | null {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    if (!isWanted) return undefined;
    const renew = (): void => {
      setNow(serverNow());
    };
    const first = setTimeout(renew);
    const timer = setInterval(renew, 1_000);
    document.addEventListener('visibilitychange', renew);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
      document.removeEventListener('visibilitychange', renew);
    };
  }, [serverNow, isWanted]);
  return now;
}
