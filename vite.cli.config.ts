import { chmodSync } from 'node:fs'
import { defineConfig } from 'vite'

const outDir = 'out/cli'
const file = 'wexflow-tray.mjs'

// The command line as one file, which any Node from 20.18 on runs by itself. What it bundles of others main bundles as
// well: their notices are in that build's file.
export default defineConfig({
  publicDir: false,
  plugins: [{ name: 'executable', closeBundle: () => chmodSync(`${outDir}/${file}`, 0o755) }],
  ssr: { noExternal: true },
  build: {
    ssr: 'src/cli/main.ts',
    outDir,
    target: 'node20.18',
    minify: true,
    rolldownOptions: {
      output: { entryFileNames: file, codeSplitting: false, banner: '#!/usr/bin/env node' },
    },
  },
})
