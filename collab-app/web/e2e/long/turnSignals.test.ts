import { describe, expect, it } from 'vitest';
import { person, type Tab } from '../browser';
import { apiOf, draftOfAna } from '../rest';
import { setUpSuite } from '../setup';

const suite = setUpSuite();

/** What a page did to be noticed. */
interface Signals {
  readonly asked: number;
  readonly notifications: readonly { readonly title: string; readonly body: string; readonly tag: string }[];
  /** The frequencies of the tones that were started, in Hz. */
  readonly tones: readonly number[];
}

/** BEN in a draft of ANA's, in a page that records its signals. */
async function benIn(title: string): Promise<{ readonly ben: Tab; readonly id: string }> {
  const { draft_id: id } = await draftOfAna(suite.url, title);
  const ben = await person(suite.browser, suite.url, 'ben');
  await ben.page.addInitScript(() => {
    const signals = { asked: 0, notifications: [] as object[], tones: [] as number[] };
    const { prototype } = AudioScheduledSourceNode;
    const begin = Reflect.get<AudioScheduledSourceNode, 'start'>(prototype, 'start');
    prototype.start = function (when) {
      if (this instanceof OscillatorNode) signals.tones.push(this.frequency.value);
      begin.call(this, when);
    };
    window.Notification = class extends Notification {
      constructor(title: string, options: NotificationOptions = {}) {
        super(title, options);
        signals.notifications.push({ title, ...options });
      }

      static override requestPermission(): Promise<NotificationPermission> {
        signals.asked += 1;
        return super.requestPermission();
      }
    };
    Object.assign(window, { signals });
  });
  await ben.openDraft(id);
  await ben.badge('Live');
  return { ben, id };
}

function signalsOf({ page }: Tab): Promise<Signals> {
  return page.evaluate(() => (window as unknown as { readonly signals: Signals }).signals);
}

/** Hides the page from its own eyes, or shows it again; a browser without a screen shows all its tabs. */
async function setHidden({ page }: Tab, isHidden: boolean): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { configurable: true, value });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
}

/** The ring goes to BEN, whose page shows that, and back. */
async function giveTurn(ben: Tab, id: string): Promise<void> {
  await apiOf(suite.url, 'ana').passRing(id, 'ben');
  await ben.mayWrite();
  await apiOf(suite.url, 'ben').passRing(id, 'ana');
  await ben.waitsFor('ana');
}

describe('a turn that begins', () => {
  it('is notified of once, after the button and in a hidden page alone', async () => {
    const { ben, id } = await benIn('Ring me');
    await ben.context.grantPermissions(['notifications'], { origin: suite.url });
    await ben.page.reload();
    await ben.badge('Live');

    await setHidden(ben, true);
    await giveTurn(ben, id);
    expect(await signalsOf(ben)).toEqual({ asked: 0, notifications: [], tones: [] });

    await ben.page.getByRole('button', { name: 'Notify me when my turn begins' }).click();
    await ben.page.getByRole('button', { name: 'Don’t notify me' }).waitFor();
    expect((await signalsOf(ben)).asked).toBe(1);
    await giveTurn(ben, id);
    const one = { title: 'Your turn', body: 'in Ring me', tag: `ringdraft.turn.${id}` };
    expect(await signalsOf(ben)).toEqual({ asked: 1, notifications: [one], tones: [] });

    // What else happens in the turn is no news.
    await apiOf(suite.url, 'ana').passRing(id, 'ben');
    await ben.mayWrite();
    await apiOf(suite.url, 'ana').updateDraft(id, { title: 'Ring me twice' });
    await ben.page.getByRole('heading', { level: 1, name: 'Ring me twice' }).waitFor();
    expect((await signalsOf(ben)).notifications).toEqual([one, one]);
    await apiOf(suite.url, 'ben').passRing(id, 'ana');
    await ben.waitsFor('ana');

    await setHidden(ben, false);
    await giveTurn(ben, id);
    expect((await signalsOf(ben)).notifications).toHaveLength(2);

    await ben.page.getByRole('button', { name: 'Don’t notify me' }).click();
    await setHidden(ben, true);
    await giveTurn(ben, id);
    expect((await signalsOf(ben)).notifications).toHaveLength(2);
    expect(ben.faults).toEqual([]);
    await ben.context.close();
  });

  it('has a sound for those who chose it', async () => {
    const { ben, id } = await benIn('Sing to me');
    const chime = [660, 880];
    await giveTurn(ben, id);
    expect((await signalsOf(ben)).tones).toEqual([]);

    const box = ben.page.getByLabel('Play a sound then');
    await box.check();
    expect((await signalsOf(ben)).tones, 'as a sample').toEqual(chime);
    await giveTurn(ben, id);
    expect((await signalsOf(ben)).tones).toEqual([...chime, ...chime]);

    await box.uncheck();
    await giveTurn(ben, id);
    expect(await signalsOf(ben)).toEqual({ asked: 0, notifications: [], tones: [...chime, ...chime] });
    expect(ben.faults).toEqual([]);
    await ben.context.close();
  });
});

describe('a turn of ten seconds', () => {
  it('is counted down in words for a screen reader', async () => {
    const { ben, id } = await benIn('Be quick');
    const api = apiOf(suite.url, 'ana');
    await api.updateDraft(id, { turn_policy: { order: 'round_robin', max_seconds: 10 } });
    await api.passRing(id, 'ben');
    const spoken = (words: string): Promise<void> => ben.page.getByRole('status').filter({ hasText: words }).waitFor();
    await spoken('Ten seconds are left of your turn.');
    await spoken('Ten seconds are left of the turn of @cleo.');
    await ben.context.close();
  });
});
