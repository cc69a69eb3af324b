// A workspace as somebody would send it who wants more than to be read.
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hasUnseen } from '../../../shared/unseen.ts'
import { expect, type App } from '../harness/app.ts'
import { listRuns } from './sampleRuns.ts'

/** What runs script where a text is taken for markup, in a name that turns around and one that is not what it looks like. */
const script = `<img src=x onerror="window.owned=1"><script>window.owned=1</script>`
export const hostileName = `pay\u202Egpj.\u2066${script}\u2069 \u05E9\u05DC\u05D5\u05DD de\u200Bploy\u00A0prod`

const escape = '\u001B'
const log = [
  `${escape}]0;owned\u0007${escape}]8;;https://evil.example/\u0007click${escape}]8;;\u0007`,
  `${escape}[2J${escape}[1A\u009B31mred\u0085${script}`,
  `fine\u202Eenif\u2069\u061C\u200F\u00AD`,
].join('\n')

const state = (value: string): object => ({
  [script]: value,
  ['__proto__']: { owned: true },
  constructor: { prototype: { owned: true } },
  [`key\u202Eyek`]: { [`zero\u200Bwidth\uFEFF`]: `a\u00A0b\u2003c\u3164` },
  ['k'.repeat(1_000_000)]: 'a key of a megabyte',
  unbroken: 'w'.repeat(5000),
  direction: `\u2067\u05D0\u05D1\u05D2 \u0645\u0631\u062D\u0628\u0627 123`,
  escape: log,
})

export type Hostile = {
  readonly workspace: string
  readonly runs: readonly string[]
  /** Documents of no known engine. */
  readonly documents: readonly string[]
}

export async function makeHostile(app: App): Promise<Hostile> {
  const workspace = await app.workspace('un\u202Estuck <b>')
  const flows = join(workspace, 'flow\u202Es')
  await mkdir(flows)
  await writeFile(join(flows, 'log.txt'), log)
  const definition = join(flows, `flow\u202Elmay <i>.json`)
  await writeFile(definition, JSON.stringify(workflow))
  const args = ['run', definition, '--workspace', workspace, '--trust', '--json', '--input']
  const runs: string[] = []
  for (const value of ['one\u202Eeno', script]) {
    await writeFile(join(flows, 'state.json'), JSON.stringify(state(value)))
    const ran = await app.cli([...args, `given=${JSON.stringify(value)}`])
    expect(hasUnseen(ran.stdout + ran.stderr)).toBe(false)
    runs.push((ran.json() as { ref: { document: string } }).ref.document) // the answer of run.start
  }
  await writeFile(join(workspace, `state\u202Enosj <script>.json`), foreign)
  await writeFile(join(workspace, 'cut.json'), foreign.slice(0, -40))
  const documents = await listRuns(app, workspace)
  return {
    workspace,
    runs,
    documents: documents
      .map(({ ref }) => ref.document)
      .filter((document) => !runs.includes(document)),
  }
}

const workflow = {
  name: 'hostile',
  version: `1\u202E0`,
  description: script,
  inputs: { given: { type: 'json' } },
  steps: {
    say: {
      title: `say\u202Eyas ${script}`,
      run: 'cat log.txt; cat state.json > "$UNSTUCK_OUTPUT"',
    },
    fail: {
      title: '\u05DB\u05D9\u05E9\u05DC\u05D5\u05DF',
      run: 'cat log.txt >&2; exit 3',
      needs: ['say'],
    },
  },
}

const foreign = JSON.stringify({
  workflow: hostileName,
  status: `fail\u202Eed`,
  steps: [
    { id: `one ${script}\u202E`, name: hostileName, status: 'failed', error: { message: log } },
    { id: '__proto__', name: 'constructor', status: 'completed', output: state('x') },
  ],
})
