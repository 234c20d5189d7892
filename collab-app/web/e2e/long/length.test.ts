import { describe, expect, it } from 'vitest';
import { person } from '../browser';
import { apiOf, draftOfAna } from '../rest';
import { setUpSuite } from '../setup';

const suite = setUpSuite();

/** Longer than this and one feels the page stutter, even on a busy machine. */
const stutterMs = 200;

describe('a draft of 200 segments', () => {
  it('stays smooth while one scrolls and types and others write', async () => {
    const texts = Array.from(
      { length: 200 },
      (_, index) => `Segment ${String(index)}. ${'It went on and on. '.repeat(1 + (index % 20))}`,
    );
    const draft = await draftOfAna(suite.url, 'Two hundred', texts);
    const ana = await person(suite.browser, suite.url, 'ana');
    await ana.openDraft(draft.draft_id);
    await ana.hasText('Segment 199.');
    expect(await ana.segments.count()).toBe(200);
    await ana.page.evaluate(() => {
      const durations: number[] = [];
      Object.assign(window, { taskDurations: durations });
      new PerformanceObserver((list) => {
        for (const task of list.getEntries()) durations.push(task.duration);
      }).observe({ type: 'longtask' });
    });

    const api = apiOf(suite.url, 'ana');
    await ana.editor.click();
    for (let index = 0; index < 10; index += 1) {
      await ana.page.mouse.wheel(0, index % 2 === 0 ? 3_000 : -1_500);
      await ana.page.keyboard.type('typing along ');
      await api.appendSegment(draft.draft_id, `And another ${String(index)}.`);
    }
    await ana.hasText('And another 9.');

    expect(await ana.editor.inputValue()).toBe('typing along '.repeat(10));
    const longest = await ana.page.evaluate(() =>
      Math.max(0, ...(window as unknown as { taskDurations: number[] }).taskDurations),
    );
    expect(longest).toBeLessThan(stutterMs);
    await ana.context.close();
  }, 180_000);
});
