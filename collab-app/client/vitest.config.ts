import { defaultClientConditions } from 'vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['ringdraft-source', ...defaultClientConditions] },
  test: {
    include: ['{test,examples}/**/*.test.{ts,tsx}'],
    restoreMocks: true,
  },
});
