import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, test } from 'vitest'
import { copyExample, examples, resumeOf, type CopiedExample } from './copiedExample.ts'

const closing: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

async function copied(name: string): Promise<CopiedExample> {
  const example = await copyExample(name)
  closing.push(() => example.remove())
  return example
}

async function idOf(example: CopiedExample, workflow: string): Promise<string> {
  const found = (await example.runs()).filter((run) => run.workflow === workflow)
  expect(found).toHaveLength(1)
  return found[0]?.id ?? ''
}

async function attemptsOf(example: CopiedExample, run: string): Promise<Record<string, number>> {
  const steps = Object.values(await example.steps(run))
  return Object.fromEntries(steps.map(({ id, attempts }) => [id, attempts.length]))
}

test('[E131] each folder of examples is run by a test, and says what it shows', async () => {
  const folders = (await readdir(examples, { withFileTypes: true }))
    // These two are run by the tests of the libraries that they show.
    .filter((entry) => entry.isDirectory() && !['library', 'langgraph'].includes(entry.name))
    .map(({ name }) => name)

  expect(folders.toSorted()).toEqual(['backup', 'import', 'orders', 'payment', 'release', 'scrape'])
  expect(folders.every((name) => existsSync(join(examples, name, 'README.md')))).toBe(true)
})

describe('backup with compression', () => {
  test('[E131] packs, compares, and keeps the newest few', async () => {
    const example = await copied('backup')
    const exits: unknown[] = []
    for (let time = 0; time < 3; time += 1) {
      const given = ['--input', 'keep=2', '--input', 'quiet=0.1']
      exits.push((await example.unstuck('run', 'workflow.yaml', '--trust', ...given)).exit)
    }

    const runs = (await example.runs()).map(({ id }) => `${id}.tar.gz`).toSorted()
    expect(exits).toEqual([0, 0, 0])
    expect(await example.names('backups')).toEqual(runs.slice(-2))
  }, 120_000)

  test('[E132] killed while it waits and while it packs, it goes on to one whole archive', async () => {
    const example = await copied('backup')
    // However slow the machine is, the archive is not whole before its host is killed.
    const slow = (await example.text('workflow.yaml')).replace(
      'mv "$TARGET',
      'until [ -e go ]; do sleep 0.1; done\n      $&',
    )
    await writeFile(join(example.folder, 'workflow.yaml'), slow)
    const first = example.start('run', 'workflow.yaml', '--trust', '--input', 'quiet=1.5')
    await first.said('settle waits')
    await first.kill()
    const second = example.start('resume', 'latest', '--yes')
    await second.said('pack started')
    await second.kill()
    await writeFile(join(example.folder, 'go'), '')

    const { exit } = await resumeOf(example, 'latest')

    const run = await idOf(example, 'backup')
    expect(exit).toBe(0)
    expect(await example.names('backups')).toEqual([`${run}.tar.gz`])
    expect(await attemptsOf(example, run)).toMatchObject({ settle: 1, verify: 1, prune: 1 })
  }, 120_000)
})

describe('data import with a gate', () => {
  test('[E131] loads what a person approved, with what was filled in', async () => {
    const example = await copied('import')
    const run = example.start('run', 'workflow.yaml', '--trust')
    await run.said('approve waits')
    const refused = await example.unstuck('approve', 'latest', '--value', 'batch=No!')
    const values = ['--value', 'batch=june', '--value', 'skipBad=true']
    const approved = await example.unstuck('approve', 'latest', ...values)

    expect([refused.exit, approved.exit, (await run.ended).exit]).toEqual([2, 0, 0])
    expect(customersIn(example)).toEqual([
      { name: 'Ada Lovelace', batch: 'june' },
      { name: 'Grace Hopper', batch: 'june' },
      { name: 'Katherine Johnson', batch: 'june' },
    ])
  }, 120_000)

  test('[E131] a rejection goes another way, and nothing is loaded', async () => {
    const example = await copied('import')
    const run = example.start('run', 'workflow.yaml', '--trust')
    await run.said('approve waits')
    await example.unstuck('reject', 'latest', '--reason', 'too many flaws')

    expect((await run.ended).exit).toBe(8)
    expect(await example.text('rejected.txt')).toMatch(
      /customers\.csv was not loaded: .*too many flaws/,
    )
    expect(existsSync(join(example.folder, 'customers.sqlite'))).toBe(false)
  }, 120_000)

  test('[E132] killed at its gate, it takes the decision that was made meanwhile, and checks nothing again', async () => {
    const example = await copied('import')
    const first = example.start('run', 'workflow.yaml', '--trust')
    await first.said('approve waits')
    await first.kill()
    await example.unstuck('approve', 'latest', '--value', 'skipBad=true')

    const { exit } = await resumeOf(example, 'latest')

    expect(exit).toBe(0)
    expect(customersIn(example)).toHaveLength(3)
    const run = await idOf(example, 'customer import')
    expect(await attemptsOf(example, run)).toMatchObject({ check: 1, load: 1 })
  }, 120_000)
})

describe('release train', () => {
  test('[E131] a failed test halts it; resumed after the repair, that package alone is tested again', async () => {
    const example = await copied('release')
    const given = ['--input', 'version=1.4.0', '--input', 'announce=false']
    const readme = join(example.folder, 'packages', 'cli', 'README.md')
    await rm(readme)
    const halted = await example.unstuck('run', 'workflow.yaml', '--trust', ...given)
    const note = await example.text('halted.txt')
    await writeFile(readme, '# cli\n')
    const resumed = example.start('resume', 'latest', '--yes')
    await resumed.said('approve waits')
    await example.unstuck('approve', 'latest')

    expect([halted.exit, (await resumed.ended).exit]).toEqual([8, 0])
    expect(note).toBe('1.4.0 stopped. Tests failed, publishing skipped.')
    expect(await example.names('registry')).toEqual(published)
    const train = await idOf(example, 'release train')
    expect(await attemptsOf(example, train)).toMatchObject({
      'test[0]': 1,
      'test[1]': 3,
      'test[2]': 1,
    })
    expect(existsSync(join(example.folder, 'announcements.txt'))).toBe(false)
  }, 120_000)

  test('[E132] killed while it publishes, no package is published by two runs, and it is announced once', async () => {
    const example = await copied('release')
    // However slow the machine is, only the first is done before it is killed.
    const [began, go] = [join(example.folder, 'began'), join(example.folder, 'go')]
    const waits = `mkdir '${began}' || until [ -e '${go}' ]; do sleep 0.1; done; mkdir -p out`
    const publish = (await example.text('publish.yaml')).replace('mkdir -p out', waits)
    await writeFile(join(example.folder, 'publish.yaml'), publish)
    const first = example.start('run', 'workflow.yaml', '--trust', '--input', 'version=1.4.0')
    await first.said('approve waits')
    await example.unstuck('approve', 'latest', '--value', 'notes=Faster.')
    await first.said('publish[1] waits')
    await first.kill()
    await writeFile(go, '')

    const train = await idOf(example, 'release train')
    const { exit } = await resumeOf(example, train)

    expect(exit).toBe(0)
    expect(await example.names('registry')).toEqual(published)
    const children = (await example.runs()).filter(({ workflow }) => workflow === 'publish')
    expect(children.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed'])
    expect((await example.text('announcements.txt')).match(/1\.4\.0 is out/g)).toHaveLength(1)
  }, 120_000)

  const published = ['cli-1.4.0.tgz', 'core-1.4.0.tgz', 'docs-1.4.0.tgz']
})

describe('scraping a local server with retries', () => {
  test('[E131] every page is fetched although each is refused twice', async () => {
    const example = await copied('scrape')
    const server = await startShop(example, 5)

    const { exit } = await example.unstuck(
      'run',
      'workflow.yaml',
      '--trust',
      '--input',
      `server=${server}`,
    )

    expect(exit).toBe(0)
    expect(JSON.parse(await example.text('products.json'))).toHaveLength(16)
    expect((await countsOf(server)).asked).toMatchObject({ '/pages': 3, '/pages/ash': 3 })
  }, 120_000)

  test('[E132] killed in the middle, no page that was given is asked for again', async () => {
    const example = await copied('scrape')
    const server = await startShop(example, 300)
    const first = example.start('run', 'workflow.yaml', '--trust', '--input', `server=${server}`)
    await first.said('pages[1] succeeded')
    await first.kill()

    const { exit } = await resumeOf(example, 'latest')

    expect(exit).toBe(0)
    expect(JSON.parse(await example.text('products.json'))).toHaveLength(16)
    const { given } = await countsOf(server)
    expect(Object.keys(given)).toHaveLength(9)
    expect(Object.values(given).every((count) => count === 1)).toBe(true)
  }, 120_000)
})

describe('a child workflow for each item', () => {
  test('[E131] each order has a run of its own, and one that fails does not stop the others', async () => {
    const example = await copied('orders')

    const { exit } = await example.unstuck('run', 'workflow.yaml', '--trust')

    expect(exit).toBe(0)
    expect(await example.text('report.txt')).toBe('a1 120, a2 120, a4 30; 1 of 4 failed')
    expect(await example.names('invoices')).toEqual(['a1.txt', 'a2.txt', 'a4.txt'])
    const children = (await example.runs()).filter(({ workflow }) => workflow === 'order')
    expect(children.map(({ status }) => status).toSorted()).toEqual([
      'completed',
      'completed',
      'completed',
      'failed',
    ])
  }, 120_000)

  test('[E132] killed in the middle, each order is carried out once', async () => {
    const example = await copied('orders')
    const first = example.start('run', 'workflow.yaml', '--trust', '--input', 'seconds=1')
    await first.said('each[1] waits')
    await first.kill()

    const { exit } = await resumeOf(example, await idOf(example, 'orders'))

    expect(exit).toBe(0)
    expect((await example.text('packed.log')).trim().split('\n').toSorted()).toEqual([
      'a1',
      'a2',
      'a4',
    ])
    expect((await example.runs()).filter(({ workflow }) => workflow === 'order')).toHaveLength(4)
  }, 120_000)
})

function customersIn({ folder }: CopiedExample) {
  const database = new DatabaseSync(join(folder, 'customers.sqlite'), { readOnly: true })
  const rows = database.prepare('SELECT name, batch FROM customers ORDER BY name').all()
  database.close()
  return rows.map((row) => ({ ...row }))
}

async function startShop({ folder }: CopiedExample, delayMs: number): Promise<string> {
  const shop = spawn(process.execPath, ['server.mjs', '0', String(delayMs)], { cwd: folder })
  closing.push(() => void shop.kill())
  for await (const text of shop.stdout.setEncoding('utf8')) {
    const address = /http:\S+/.exec(String(text))
    if (address !== null) return address[0]
  }
  throw new Error('The shop did not open.')
}

type Counts = Readonly<Record<'asked' | 'given', Readonly<Record<string, number>>>>
async function countsOf(server: string): Promise<Counts> {
  return (await (await fetch(`${server}/counts`)).json()) as Counts // the example's own server
}
