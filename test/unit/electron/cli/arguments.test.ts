import { describe, expect, it } from 'vitest'
import { commands } from '../../../../electron/cli/commands.ts'
import { callNames, contract } from '../../../../shared/contract/contract.ts'
import { listOf, rowOf, unstuck } from './cliDouble.ts'
import { readdirSync, readFileSync } from 'node:fs'

describe('help', () => {
  it('[X2] --help lists every command, and each has help of its own with every option', async () => {
    const { exit, out } = await unstuck(['--help'])
    const each = await Promise.all(commands.map(({ name }) => unstuck([name, '--help'])))

    expect(exit).toBe(0)
    expect(
      commands.filter(({ name, summary }) => !out.includes(`  ${name} `) || !out.includes(summary)),
    ).toEqual([])
    expect(
      commands.flatMap(({ options }, index) =>
        Object.keys(options).filter((name) => !each[index]?.out.includes(`--${name}`)),
      ),
    ).toEqual([])
  })

  it('[X2] without a command, help is shown and the use was wrong', async () => {
    expect(await unstuck([])).toMatchObject({ exit: 2, out: expect.stringContaining('Commands') })
  })

  it('[X2] --version is the version, also as JSON', async () => {
    expect([await unstuck(['--version']), await unstuck(['--version', '--json'])]).toEqual([
      { exit: 0, out: '1.2.3\n', err: '' },
      { exit: 0, out: '{\n  "version": "1.2.3"\n}\n', err: '' },
    ])
  })

  it('[X2] every call that writes has a command', () => {
    const folder = new URL('../../../../electron/cli/', import.meta.url)
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    // What a screen does in parts as well has one place for both.
    const shared = ['cleanUpAll.ts', 'purgeAll.ts'].map((name) => `../../shared/contract/${name}`)
    const sources = [...files.filter((file) => file.endsWith('.ts')), ...shared].map((file) =>
      readFileSync(new URL(file, folder), 'utf8'),
    )
    // A command has one workspace: only a window changes to another one, or takes runs there.
    const ofWindow = new Set<string>(['workspace.open', 'bundle.into.apply'])
    const writing = callNames.filter(
      (name) => contract[name].effect === 'write' && !ofWindow.has(name),
    )

    expect(writing.filter((name) => !sources.some((text) => text.includes(`'${name}'`)))).toEqual(
      [],
    )
  })
})

describe('wrong use', () => {
  it.each([
    [['lst'], 'unstuck: There is no command "lst". Did you mean list?\n'],
    [['xyzzy'], 'unstuck: There is no command "xyzzy". See --help.\n'],
    [['list', '--vew', 'failed'], 'unstuck: There is no option --vew here. Did you mean --view?\n'],
    [['list', '--jsno'], 'unstuck: There is no option --jsno here. Did you mean --json?\n'],
    [['list', '--apply'], 'unstuck: There is no option --apply here. See --help.\n'],
    [
      ['list', '--group-by', 'red'],
      'unstuck: --group-by is one of workflow, version, status, error, tag, colour, not "red".\n',
    ],
    [['list', '--limit', '-1'], "unstuck: Option '--limit' argument is ambiguous.\n"],
    [['list', '--limit=many'], 'unstuck: --limit takes a whole number, not "many".\n'],
    [['list', 'failed'], 'unstuck: "failed" is too much. Use: unstuck list\n'],
    [['show'], 'unstuck: Something is missing. Use: unstuck show RUN|FILE\n'],
    [['run', 'a.yaml', '--input', 'env'], 'unstuck: --input takes key=value, not "env".\n'],
    [['repair', 'x', '--plan', '--apply'], 'unstuck: Say --plan or --apply, not both.\n'],
    [['lock', 'steal', 'x'], 'unstuck: "unstuck lock" takes show or break, not "steal".\n'],
    [['trash', 'empty'], 'unstuck: "unstuck trash" takes list or purge, not "empty".\n'],
    [
      ['cleanup', '--max-bytes', 'lots'],
      'unstuck: --max-bytes takes bytes such as 500MB, not "lots".\n',
    ],
    [['serve', '--port', '70000'], 'unstuck: --port is at most 65535, not 70000.\n'],
    [
      ['show', 'x', '--history', '--log', 'a'],
      'unstuck: Ask for one of --history, --log, --state, --value, --raw, --find, --grep, --uses.\n',
    ],
  ])('[X3] %j ends with 2 and says what was meant', async (argv, err) => {
    expect(await unstuck(argv)).toEqual({ exit: 2, out: '', err })
  })

  it('[X3] wrong use with --json is one JSON document on the standard output', async () => {
    const { exit, out, err } = await unstuck(['list', '--vew', '--json'])

    expect([exit, JSON.parse(out), err]).toEqual([
      2,
      {
        error: {
          code: 'invalid-input',
          message: 'There is no option --vew here. Did you mean --view?',
          details: {},
        },
      },
      '',
    ])
  })
})

describe('where the state is', () => {
  it.each([
    [['list'], {}, '/flows'],
    [['list'], { UNSTUCK_STATE_DIR: '/state' }, '/state'],
    [['list', '--workspace', '/other'], { UNSTUCK_STATE_DIR: '/state' }, '/other'],
    [['--workspace', 'below', 'list'], {}, '/flows/below'],
  ])('[X4] %j with %j opens %s', async (argv, env, path) => {
    const opened: unknown[] = []

    await unstuck(
      argv,
      {},
      {
        env,
        createHost: async (options) => {
          opened.push(options)
          throw new Error('opened')
        },
      },
    )

    expect(opened).toEqual([{ path, host: 'cli' }])
  })

  it('[X4] --trust is handed to the host', async () => {
    const opened: unknown[] = []

    await unstuck(
      ['list', '--trust'],
      {},
      {
        createHost: async (options) => {
          opened.push(options)
          throw new Error('opened')
        },
      },
    )

    expect(opened).toEqual([{ path: '/flows', host: 'cli', trust: true }])
  })
})

describe('RUN', () => {
  const rows = ['build-1', 'build-12', 'deploy-1', 'a-build-1'].map((id) => rowOf(id))
  const checked = async (text: string) =>
    unstuck(['check', text, '--json'], {
      'run.list': listOf(rows),
      'run.check': async ({ ref }) => ({ item: ref.document, health: 'ok', findings: [] }),
    })

  it.each([
    ['build-1', 'build-1'],
    ['build-12', 'build-12'],
    ['dep', 'deploy-1'],
    ['latest', 'build-1'],
  ])('[X5] %s means %s', async (text, run) => {
    expect(JSON.parse((await checked(text)).out)).toMatchObject({ item: run })
  })

  it('[X5] the start of several runs is refused, with a list of them', async () => {
    const { exit, out } = await checked('build')

    expect([exit, JSON.parse(out)]).toMatchObject([
      2,
      { error: { code: 'invalid-input', details: { candidates: ['build-1', 'build-12'] } } },
    ])
  })

  it('[X5] what no run begins with is not found', async () => {
    expect(await checked('nothing')).toMatchObject({ exit: 3 })
  })

  it('[X5] latest of an empty workspace is not found', async () => {
    expect(await unstuck(['show', 'latest'], { 'run.list': listOf([]) })).toMatchObject({ exit: 3 })
  })
})
