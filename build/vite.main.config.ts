import { fileURLToPath } from 'node:url'
import { defineConfig, type EnvironmentOptions } from 'vite'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

/** A program for Node or Electron in one file: only Electron, built-ins and the socket library's optional parts stay outside. */
function program(options: { entry: string; folder: string; file: string }): EnvironmentOptions {
  return {
    consumer: 'server',
    resolve: { noExternal: true, external: ['electron'] },
    build: {
      ssr: true,
      outDir: path(`../dist/${options.folder}`),
      emptyOutDir: true,
      copyPublicDir: false,
      minify: false,
      target: 'node24',
      rolldownOptions: {
        input: path(options.entry),
        external: ['electron', 'bufferutil', 'utf-8-validate', /^node:/],
        output: {
          // A sandboxed preload script is loaded as CommonJS.
          format: options.file.endsWith('.cjs') ? 'cjs' : 'es',
          entryFileNames: options.file,
          codeSplitting: false,
        },
      },
    },
  }
}

export default defineConfig({
  root: path('..'),
  builder: {
    async buildApp(builder) {
      for (const name of ['main', 'preload', 'cli']) {
        const environment = builder.environments[name]
        if (environment !== undefined) await builder.build(environment)
      }
    },
  },
  environments: {
    main: program({ entry: '../electron/app/main.ts', folder: 'main', file: 'main.js' }),
    preload: program({
      entry: '../electron/app/preload.ts',
      folder: 'preload',
      file: 'preload.cjs',
    }),
    cli: program({ entry: '../electron/cli/main.ts', folder: 'cli', file: 'unstuck.js' }),
  },
})
