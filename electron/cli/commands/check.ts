import { resolve } from 'node:path'
import type { Client, CallOutput } from '../../../shared/contract/contract.ts'
import { defineCommand, type CommandContext, type OptionTable, type Outcome } from '../command.ts'
import { describeFindings } from '../describe/findings.ts'
import { exits } from '../exitCodes.ts'
import { findSubject, kindOf } from '../findSubject.ts'
import { readRows } from '../references.ts'
import { paintStatus, type Paint } from '../text/paint.ts'
import { printable } from '../text/printable.ts'
import { count } from '../text/quantities.ts'
import { indented } from '../text/table.ts'

type Checked = CallOutput<'run.check'>

export const checkCommand = defineCommand({
  name: 'check',
  usage: '[RUN|FILE|FOLDER]',
  summary: 'Verify state: one run, one file, or all of a folder. Reads only.',
  details: [`Ends with ${exits.findings} when there are findings of severity error.`],
  positionals: { min: 0, max: 1 },
  options: {},
  examples: ['unstuck check', 'unstuck check latest', 'unstuck check /var/lib/flows --json'],
  run: async (context) => {
    const [text] = context.positionals
    if (text === undefined) return checkAll(context, await context.client())
    const path = resolve(context.cwd, text)
    if (kindOf(path) === 'folder') {
      return checkAll(context, (await context.openHost(path, 'cli')).client())
    }
    const { client, row } = await findSubject(context, text)
    const output = await client.call('run.check', { ref: row.ref }, context)
    return { output, lines: describe(output, context.paint), exit: exitOf([output]) }
  },
})

type Context = CommandContext<OptionTable>

async function checkAll(context: Context, client: Client): Promise<Outcome> {
  const items: Checked[] = []
  for (const { ref } of await readRows(client, { sort: { column: 'id', descending: false } })) {
    items.push(await client.call('run.check', { ref }, context)) // one after the other: each reads whole files
  }
  const flawed = items.filter(({ findings }) => findings.length > 0)
  const lines = flawed.flatMap((item) => describe(item, context.paint))
  const summary = `${count(items.length, 'item')} checked, ${flawed.length} with findings`
  return { output: { items }, lines: [...lines, summary], exit: exitOf(items) }
}

function describe({ item, health, findings }: Checked, paint: Paint): readonly string[] {
  const heading = `${printable(item)}  ${paintStatus(paint, health)}`
  if (findings.length === 0) return [`${heading}, no findings`]
  return [heading, ...indented(describeFindings(findings, paint))]
}

function exitOf(items: readonly Checked[]): number {
  const isBad = items.some(({ findings }) => findings.some(({ severity }) => severity === 'error'))
  return isBad ? exits.findings : exits.done
}
