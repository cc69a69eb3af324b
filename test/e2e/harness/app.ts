// One fixture for every scenario: `app` starts the application on the project's target, in a world of its own.
import { expect, test as base, type Page } from 'playwright/test'
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { chromium, type Browser } from 'playwright'
import { openInBrowser } from './browserTarget.ts'
import { openInElectronDouble } from './electronDoubleTarget.ts'
import { openInElectron } from './electronTarget.ts'
import { chromiumFlags, chromiumPath, fixtures, keepsPictures } from './machine.ts'
import { createSharedSample, type SharedSample } from './sharedSample.ts'
import { startCli, type Ended, type Environment, type Running } from './processes.ts'
import type { Desktop, Opened, TargetName } from './target.ts'

export type CliResult = {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** The document that `--json` prints; throws where it is none. */
  json(): unknown
}

export type App = {
  readonly target: TargetName
  /** Home, configuration and workspaces of this test; removed after it. */
  readonly folder: string
  /** Where the application keeps what is its own. */
  readonly userData: string
  /** Makes an empty workspace. */
  workspace(name?: string): Promise<string>
  /** A workspace filled with the sample; one in a test. */
  sample(): Promise<string>
  /** Copies a file or folder of `test/fixtures` to a place inside a workspace. */
  copyFixture(fixture: string, to: string): Promise<void>
  /** Starts the application, perhaps with more environment, and returns its page. A second call closes the first. */
  open(path: string | null, more?: Environment): Promise<Page>
  /** Ends the application. */
  close(): Promise<void>
  /** Carries out the work while the application answers nothing, as on a machine that is too busy. */
  whileHalted(work: () => Promise<void>): Promise<void>
  /** Keeps a picture of the page as it is now in `test-results`, where pictures are kept. */
  picture(name: string): Promise<void>
  /** The desktop around the page; throws on the target that has none. */
  desktop(): Desktop
  /** What the application's process has said. */
  output(): string
  /** Runs the command line to its end. */
  cli(args: readonly string[], options?: CliOptions): Promise<CliResult>
  /** Starts the command line and lets it go on; whatever still runs after the test is ended. */
  startCli(args: readonly string[], options?: CliOptions): Running
}

type CliOptions = { readonly cwd?: string; readonly env?: Environment }

type TestFixtures = { readonly app: App }
type WorkerFixtures = {
  readonly target: TargetName
  readonly sharedBrowser: Browser | null
  readonly sharedSample: SharedSample
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  target: ['browser', { option: true, scope: 'worker' }],

  sharedBrowser: [
    async ({ target }, use) => {
      const browser = target === 'browser' ? await launchBrowser() : null
      await use(browser)
      await browser?.close()
    },
    { scope: 'worker' },
  ],

  sharedSample: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- the runner asks for a pattern
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'unstuck-e2e-sample-'))
      await use(createSharedSample(folder, environmentIn(folder)))
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
    { scope: 'worker' },
  ],

  app: async ({ target, sharedBrowser, sharedSample }, use, info) => {
    const folder = await mkdtemp(join(tmpdir(), 'unstuck-e2e-'))
    const world = createWorld({ target, browser: sharedBrowser, folder, sample: sharedSample })
    await use(world.app)
    const isAsExpected = info.status === info.expectedStatus
    if (keepsPictures || !isAsExpected) await world.keepPicture('end')
    if (!isAsExpected) {
      await info.attach('output', { body: world.app.output(), contentType: 'text/plain' })
    }
    await world.end()
    expect(world.pageErrors, 'errors that no part of the page caught').toEqual([])
    expect(world.strayRequests, 'requests that went elsewhere than to the host').toEqual([])
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  },
})

export { expect }

function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: chromiumPath(), args: [...chromiumFlags] })
}

type WorldOptions = {
  readonly target: TargetName
  readonly browser: Browser | null
  readonly folder: string
  readonly sample: SharedSample
}

function createWorld({ target, browser, folder, sample }: WorldOptions) {
  const env = environmentIn(folder)
  const userData = join(folder, 'user-data')
  const started = new Set<Running>()
  const pageErrors: string[] = []
  const strayRequests: string[] = []
  let opened: Opened | null = null
  let workspaces = 0
  let samples = 0

  function startOwnCli(args: readonly string[], options: CliOptions = {}): Running {
    const { cwd = folder } = options
    const running = startCli(args, { cwd, env: { ...env, ...options.env } })
    started.add(running)
    void running.ended.then(() => started.delete(running))
    return running
  }

  async function close(): Promise<void> {
    const closing = opened
    opened = null
    await closing?.close()
  }

  const onStray = (url: string) => void strayRequests.push(url)

  async function open(path: string | null, more: Environment = {}): Promise<Page> {
    await close()
    const options = { path, env: { ...env, ...more }, userData, onStray }
    if (browser !== null) opened = await openInBrowser(browser, options)
    else if (target === 'electron') opened = await openInElectron(options)
    else opened = await openInElectronDouble(options)
    opened.page.setDefaultTimeout(30_000)
    opened.page.on('pageerror', (error) => pageErrors.push(error.stack ?? error.message))
    return opened.page
  }

  async function keepPicture(name: string): Promise<void> {
    if (opened === null || opened.page.isClosed()) return
    const path = base.info().outputPath(`${name}.png`)
    await opened.page.screenshot({ path })
    await base.info().attach(name, { path, contentType: 'image/png' })
  }

  const app: App = {
    target,
    folder,
    userData,
    open,
    close,
    startCli: startOwnCli,
    workspace: async (name = `workspace-${++workspaces}`) => {
      const path = join(folder, name)
      await mkdir(path, { recursive: true })
      return path
    },
    sample: () => {
      if (++samples > 1) throw new Error('A test has one sample.')
      return sample.anew()
    },
    copyFixture: async (fixture, to) => {
      await mkdir(dirname(to), { recursive: true })
      await cp(join(fixtures, fixture), to, { recursive: true })
    },
    picture: async (name) => {
      if (keepsPictures) await keepPicture(name)
    },
    whileHalted: async (work) => {
      if (opened === null) throw new Error('The application is not open.')
      const { pid } = opened
      process.kill(pid, 'SIGSTOP')
      try {
        await work()
      } finally {
        process.kill(pid, 'SIGCONT')
      }
    },
    desktop: () => {
      if (opened?.desktop) return opened.desktop
      throw new Error(`There is no desktop on the target ${target}.`)
    },
    output: () => opened?.output() ?? '',
    cli: async (args, options) => {
      const running = startOwnCli(args, options)
      return resultOf(running, await running.ended)
    },
  }
  const end = async (): Promise<void> => {
    await close()
    await Promise.all([...started].map((running) => running.stop()))
  }
  return { app, keepPicture, end, pageErrors, strayRequests }
}

function resultOf(running: Running, { code }: Ended): CliResult {
  const [stdout, stderr] = [running.stdout(), running.stderr()]
  return {
    code,
    stdout,
    stderr,
    json: () => {
      try {
        return JSON.parse(stdout) as unknown // the test looks at it
      } catch (cause) {
        throw new Error(`No JSON came (exit ${code}).\n${stdout}\n${stderr}`, { cause })
      }
    },
  }
}

/** Nothing of the person who runs the tests is read or written. */
function environmentIn(folder: string): Environment {
  return {
    HOME: join(folder, 'home'),
    USERPROFILE: join(folder, 'home'),
    XDG_CONFIG_HOME: join(folder, 'home/.config'),
    XDG_DATA_HOME: join(folder, 'home/.local/share'),
    XDG_STATE_HOME: join(folder, 'home/.local/state'),
    XDG_CACHE_HOME: join(folder, 'home/.cache'),
    UNSTUCK_CONFIG_DIR: join(folder, 'config'),
    UNSTUCK_STATE_DIR: undefined,
    NO_COLOR: '1',
    FORCE_COLOR: undefined,
  }
}
