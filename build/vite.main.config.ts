import { fileURLToPath } from 'node:url'
import { defineConfig, type EnvironmentOptions } from 'vite'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

type Programs = { readonly [file: string]: string }

/**
 * Programs for Node or Electron, by the name of their file. What they have in common, and what one of them loads only when
 * it needs it, are files beside them: a process or a thread reads no more than it uses. Only Electron, built-ins and the
 * socket library's optional parts stay outside.
 */
function programs(
  folder: string,
  entries: Programs,
  /** Packages that whoever imports it brings along. */
  peers: readonly RegExp[] = [],
): EnvironmentOptions {
  // A sandboxed preload script is loaded as CommonJS, in one file.
  const isPreload = folder === 'preload'
  return {
    consumer: 'server',
    resolve: { noExternal: true, external: ['electron'] },
    build: {
      ssr: true,
      outDir: path(`../dist/${folder}`),
      emptyOutDir: true,
      copyPublicDir: false,
      minify: false,
      target: 'node24',
      rolldownOptions: {
        input: Object.fromEntries(
          Object.entries(entries).map(([name, entry]) => [name, path(`../${entry}`)]),
        ),
        external: ['electron', 'bufferutil', 'utf-8-validate', /^node:/, ...peers],
        output: {
          format: isPreload ? 'cjs' : 'es',
          entryFileNames: isPreload ? '[name].cjs' : '[name].js',
          // Without a digest: a newer version takes the place of an older one, also in a cache of what was compiled.
          chunkFileNames: 'part-[name].js',
          codeSplitting: !isPreload,
        },
      },
    },
  }
}

/** Threads and processes that an executor starts and finds beside its program. */
const besideExecutors = {
  // A thread that writes for a store.
  disk: 'electron/store/diskMain.ts',
  // A thread beside one that looks at many files.
  sweep: 'electron/store/blockingFileSystemThread.ts',
  // The process of a step that calls a module or makes an HTTP call.
  step: 'electron/executor/stepMain.ts',
}

/** Those of a host. */
const besideHosts = {
  ...besideExecutors,
  // The threads that read.
  reading: 'electron/host/reading/readingMain.ts',
  listing: 'electron/host/reading/listingMain.ts',
  // The thread that encrypts bundles.
  seal: 'electron/bundle/sealMain.ts',
}

export default defineConfig({
  root: path('..'),
  builder: {
    async buildApp(builder) {
      for (const name of ['main', 'preload', 'cli', 'library']) {
        const environment = builder.environments[name]
        if (environment !== undefined) await builder.build(environment)
      }
    },
  },
  environments: {
    main: programs('main', { main: 'electron/app/main.ts', ...besideHosts }),
    preload: programs('preload', { preload: 'electron/app/preload.ts' }),
    cli: programs('cli', { unstuck: 'electron/cli/main.ts', ...besideHosts }),
    // What programs import: as `unstuck`, for graphs of LangGraph.js, which the program that has the graph brings along, and
    // what a store of others is held to.
    library: programs(
      'library',
      {
        library: 'electron/library.ts',
        langgraph: 'electron/langgraph.ts',
        conformance: 'test/conformance/storeConformance.ts',
        ...besideExecutors,
      },
      [/^@langchain\//],
    ),
  },
})
