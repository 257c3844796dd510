import { defineConfig } from '@playwright/test'
import { patienceMs } from '../desktop/waiting.ts'

export default defineConfig({
  testDir: '.',
  outputDir: '../../test-results',
  timeout: 60_000,
  expect: { timeout: patienceMs },
  // Each test has a desktop and a server of its own, so two can run beside each other.
  fullyParallel: true,
  workers: 2,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['list']],
})
