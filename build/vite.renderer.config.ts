import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** The screens. Everything is a file of its own origin: no inline script, style or data URL needs to be allowed. */
export default defineConfig(({ mode }) => ({
  root: path('../renderer'),
  base: './',
  plugins: [react({ jsxImportSource: '#marked' })],
  build: {
    outDir: path('../dist/renderer'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'chrome130',
    sourcemap: mode === 'development',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
  },
}))
