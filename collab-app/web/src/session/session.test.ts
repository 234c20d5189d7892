import { describe, expect, it } from 'vitest';
import { isDevelopmentName, parseSession } from './session';

describe('the session', () => {
  it('is read as the server sends it', () => {
    const answer = {
      data: {
        user_id: 'ana',
        development: true,
        limits: { content_max_code_points: 40, title_max_code_points: 20 },
      },
    };

    expect(parseSession(answer)).toEqual({
      userId: 'ana',
      development: true,
      limits: { contentCodePoints: 40, titleCodePoints: 20 },
    });
  });

  it.each([null, 'no', {}, { data: { user_id: 7, development: 'yes', limits: { content_max_code_points: -1 } } }])(
    'is nobody, no development mode and the limits of the contract for %j',
    (answer) => {
      expect(parseSession(answer)).toEqual({
        userId: null,
        development: false,
        limits: { contentCodePoints: 500, titleCodePoints: 200 },
      });
    },
  );

  it('takes names that a header can carry', () => {
    expect(['ana', 'user_2abc', 'a', 'x'.repeat(128), '...', 'a.b'].every(isDevelopmentName)).toBe(true);
    expect(['', 'a b', 'éva', 'x'.repeat(129), 'a\n', '.', '..'].some(isDevelopmentName)).toBe(false);
  });
});
