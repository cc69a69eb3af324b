import { resolve } from 'node:path'
import type { CallInput, CallOutput, Client } from '../../../shared/contract/contract.ts'
import { severities, type Finding } from '../../../shared/core/integrity/finding.ts'
import { ruleTable } from '../../../shared/core/integrity/ruleTable.ts'
import { defineCommand, type CommandContext, type OptionTable, type Outcome } from '../command.ts'
import { describeFindings } from '../describe/findings.ts'
import { exits, errorExits } from '../exitCodes.ts'
import { findSubject, kindOf } from '../findSubject.ts'
import { paintStatus, type Paint } from '../text/paint.ts'
import { printable } from '../text/printable.ts'
import { count } from '../text/quantities.ts'
import { indented, table } from '../text/table.ts'

type Checked = CallOutput<'run.check'>
type Page = CallOutput<'run.checkAll'>
type Item = Page['items'][number]
type Sums = Record<Finding['severity'], number>

export const checkCommand = defineCommand({
  name: 'check',
  usage: '[RUN|FILE|FOLDER]',
  summary: 'Verify state: one run, one file, or all of a folder. Reads only.',
  details: [
    `Ends with ${exits.findings} when there are findings of severity error, with ${errorExits['version-too-new']} when something is of a newer version.`,
    'Of a folder, each run and document with findings is a row, as soon as it is found.',
  ],
  positionals: { min: 0, max: 1 },
  options: {
    rules: { type: 'boolean', help: 'list every rule: severity, what must be true, what to do' },
  },
  examples: [
    'unstuck check',
    'unstuck check latest',
    'unstuck check /var/lib/flows --json',
    'unstuck check --rules',
  ],
  run: async (context) => {
    if (context.options.rules) return listRules()
    const [text] = context.positionals
    if (text === undefined) return checkAll(context, await context.client())
    const path = resolve(context.cwd, text)
    if (kindOf(path) === 'folder') {
      return checkAll(context, (await context.openHost(path, 'cli')).client())
    }
    const { client, row } = await findSubject(context, text)
    const output = await client.call('run.check', { ref: row.ref }, context)
    const isBad = output.findings.some(({ severity }) => severity === 'error')
    return { output, lines: describe(output, context.paint), exit: exitOf([output], isBad) }
  },
})

function listRules(): Outcome {
  const rows = ruleTable.map(({ id, scope, severity, sentence, remedy }) => [
    id,
    severity,
    scope,
    remedy === null ? sentence : `${sentence} ${remedy}`,
  ])
  return { output: { rules: ruleTable }, lines: table(rows), exit: exits.done }
}

type Context = CommandContext<OptionTable>

/** Page by page: each item is printed as it comes, and only numbers are kept. */
async function checkAll(context: Context, client: Client): Promise<Outcome> {
  const items = context.openItems()
  const around: Page['around'] = []
  const sums: Sums = { error: 0, warning: 0, info: 0 }
  const healths = new Set<Checked['health']>()
  let [checked, flawed] = [0, 0]
  for await (const page of pagesOf(context, client)) {
    for (const item of page.items) {
      checked += 1
      healths.add(item.health)
      items.put(item)
      for (const severity of severities) sums[severity] += item.counts[severity] ?? 0
      if (item.findings.length === 0 && item.problem === null) continue
      flawed += 1
      sayItem(context, item)
    }
    around.push(...page.around)
  }
  for (const { path, finding } of around) {
    sums[finding.severity] += 1
    say(context, [printable(path), ...indented(describeFindings([finding], context.paint))])
  }
  const told = `${count(sums.error, 'error')}, ${count(sums.warning, 'warning')}, ${sums.info} for information`
  const summary = `${count(checked, 'item')} checked, ${flawed} with findings: ${told}`
  const output = { around, nextOffset: null, total: checked, counts: sums }
  const exit = exitOf(
    [...healths].map((health) => ({ health })),
    sums.error > 0,
  )
  return { output, lines: [summary], exit }
}

async function* pagesOf(context: Context, client: Client): AsyncGenerator<Page> {
  const sort = { column: 'id', descending: false } as const
  for (let offset: number | null = 0; offset !== null;) {
    const input: CallInput<'run.checkAll'> = { sort, offset }
    const page: Page = await client.call('run.checkAll', input, {
      signal: context.signal,
      onProgress: ({ done, total }) => {
        if (context.isTty) context.write(`\r${done} of ${total}${clearLine}`)
      },
    })
    yield page
    offset = page.nextOffset
  }
  if (context.isTty) context.write(`\r${clearLine}`)
}

const clearLine = '\u001B[0K'

function sayItem(context: Context, checked: Item): void {
  const { health, findings, counts, problem } = checked
  const item = nameOf(checked)
  const all = severities.reduce((sum, severity) => sum + (counts[severity] ?? 0), 0)
  const more = all - findings.length
  say(context, [
    ...(problem === null
      ? describe({ item, health, findings }, context.paint)
      : [`${printable(item)}  ${paintStatus(context.paint, health)}`, `  ${printable(problem)}`]),
    ...(more > 0 ? [`  and ${more} more: unstuck check ${printable(item)}`] : []),
  ])
}

/** Documents of other engines may have the same id in many folders. */
function nameOf({ item, ref }: Pick<Item, 'item' | 'ref'>): string {
  return ref.format === 'unstuck' ? item : ref.document
}

function say({ isTty, write, say: print }: Context, lines: readonly string[]): void {
  if (isTty) write(`\r${clearLine}`)
  for (const line of lines) print(line)
}

function describe({ item, health, findings }: Checked, paint: Paint): readonly string[] {
  const heading = `${printable(item)}  ${paintStatus(paint, health)}`
  if (findings.length === 0) return [`${heading}, no findings`]
  return [heading, ...indented(describeFindings(findings, paint))]
}

/** The worst decides. */
function exitOf(items: readonly Pick<Checked, 'health'>[], hasErrors: boolean): number {
  const has = (health: Checked['health']) => items.some((item) => item.health === health)
  if (hasErrors) return exits.findings
  if (has('unreadable')) return exits.failedRows
  return has('newer-version') ? errorExits['version-too-new'] : exits.done
}
