import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { thirdPartyNotices } from './scripts/third-party-notices.ts'

const notices = thirdPartyNotices('out/third-party-notices.txt')

// Everything is bundled: one file a process starts faster than a tree of modules, and the package needs no node_modules.
// The targets are those of the oldest Electron that the tests run on (33: Node 20.18, Chrome 130).
export default defineConfig({
  main: {
    plugins: [notices()],
    build: {
      target: 'node20.18',
      minify: true,
      externalizeDeps: false,
      rolldownOptions: { input: 'src/main/index.ts' },
    },
  },
  preload: {
    plugins: [notices()],
    build: {
      target: 'node20.18',
      externalizeDeps: false,
      rolldownOptions: {
        input: 'src/preload/index.ts',
        // A sandboxed preload is one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react(), notices()],
    build: {
      target: 'chrome130',
      minify: true,
      rolldownOptions: { input: 'src/renderer/index.html' },
    },
  },
})
