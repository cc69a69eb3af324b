// One command line, from its words to its exit code: nothing is read from or written to anywhere but what is passed in.
import { resolve } from 'node:path'
import { AppError, toAppError } from '../../shared/errors.ts'
import type { CliHost, Command, CommandContext, OptionTable, Outcome } from './command.ts'
import { commands } from './commands.ts'
import { errorExits, exits } from './exitCodes.ts'
import { commandHelp, overallHelp } from './help.ts'
import { createInterrupts, type Interrupts } from './interrupts.ts'
import { parse, type Parsed } from './parse.ts'
import { createJsonItems, errorOutput, type JsonItems } from './text/jsonItems.ts'
import { createPaint } from './text/paint.ts'
import { printableLog } from './text/printable.ts'
import { trustHint } from './text/trustHint.ts'

export type Output = { readonly write: (text: string) => unknown }

export type CliEnvironment = {
  readonly stdout: Output
  readonly stderr: Output
  readonly env: { readonly [name: string]: string | undefined }
  readonly cwd: string
  /** Whether a person sits at both ends. */
  readonly isTty: boolean
  readonly createHost: (options: {
    readonly path: string
    readonly host: 'cli' | 'browser'
    readonly trust?: boolean
    readonly stateFile?: string
    readonly passphrase?: string
  }) => Promise<CliHost>
  readonly version: string
  /** Where the built page lies, for `serve`. */
  readonly rendererDirectory: string
  readonly nowMs: () => number
  readonly ask: (question: string) => Promise<string>
  /** Starts a command line in a process of its own that goes on without this one; resolves with the run that it started. */
  readonly detach?: (argv: readonly string[]) => Promise<string>
  /** Calls the listener at each Ctrl-C. Returns the unsubscribe function. */
  readonly onInterrupt: (listener: () => void) => () => void
}

/** Returns the exit code; never throws. */
export async function runCli(
  argv: readonly string[],
  environment: CliEnvironment,
): Promise<number> {
  const interrupts = createInterrupts(environment.onInterrupt)
  const hosts: CliHost[] = []
  const items = createJsonItems(environment.stdout)
  try {
    const parsed = parse(argv, commands)
    const outcome =
      helpOf(parsed, environment) ??
      (await perform(parsed, { environment, interrupts, hosts, argv, items }))
    print(outcome, { environment, items, json: parsed.values['json'] === true })
    return outcome.exit
  } catch (error) {
    return fail(toAppError(error), { environment, items, json: argv.includes('--json') })
  } finally {
    interrupts.close()
    await closeAll(hosts, environment)
  }
}

function helpOf({ command, values }: Parsed, { version }: CliEnvironment): Outcome | null {
  if (values['version'] === true) return { output: { version }, lines: [version], exit: exits.done }
  if (command && values['help'] !== true) return null
  const lines = command ? commandHelp(command) : overallHelp(commands)
  const exit = values['help'] === true ? exits.done : exits.notReady
  return { output: { help: lines.join('\n') }, lines, exit }
}

type Parts = {
  readonly environment: CliEnvironment
  readonly interrupts: Interrupts
  readonly hosts: CliHost[]
  readonly argv: readonly string[]
  readonly items: JsonItems
}

async function perform(parsed: Parsed, parts: Parts): Promise<Outcome> {
  const command = parsed.command as Command // `helpOf` answered where there is none
  return command.run(contextOf(parsed, parts))
}

function contextOf(
  { positionals, values }: Parsed,
  { environment, interrupts, hosts, argv, items }: Parts,
): CommandContext<OptionTable> {
  const { cwd, env, stdout, isTty } = environment
  const json = values['json'] === true
  const workspace = resolve(cwd, folderOf(values['workspace'], env))
  let opened: Promise<CliHost> | null = null

  return {
    positionals,
    options: values as CommandContext<OptionTable>['options'], // `parse` made them by the table of the command
    json,
    isTty,
    workspace,
    cwd,
    paint: createPaint(isTty && !env['NO_COLOR']),
    now: environment.nowMs(),
    rendererDirectory: environment.rendererDirectory,
    client: async () => (await (opened ??= openHost(workspace, 'cli'))).client(),
    openHost,
    say: (line) => void (json || stdout.write(`${line}\n`)),
    write: (text) => void (json || stdout.write(text)),
    openItems: () => {
      if (!json) return { put: () => undefined }
      items.open()
      return items
    },
    publish: (output, lines) =>
      print({ output, lines, exit: exits.done }, { environment, items, json }),
    signal: interrupts.signal,
    takeInterrupts: interrupts.take,
    ask: environment.ask,
    detach: () => {
      if (environment.detach !== undefined)
        return environment.detach(argv.filter((word) => word !== '--detach' && word !== '--json'))
      throw new AppError(
        'invalid-input',
        '--detach needs a process of its own, and none can be started here.',
      )
    },
  }

  async function openHost(
    path: string,
    host: 'cli' | 'browser',
    given: {
      readonly stateFile?: string | undefined
      readonly passphrase?: string | undefined
    } = {},
  ): Promise<CliHost> {
    const trust = values['trust'] === true ? { trust: true } : {}
    const file = given.stateFile ?? env['UNSTUCK_STATE_FILE'] ?? ''
    const kept = file === '' ? {} : { stateFile: resolve(cwd, file) }
    const secret = given.passphrase === undefined ? {} : { passphrase: given.passphrase }
    const created = await environment.createHost({ path, host, ...trust, ...kept, ...secret })
    hosts.push(created)
    return created
  }
}

function folderOf(given: unknown, env: CliEnvironment['env']): string {
  return typeof given === 'string' ? given : (env['UNSTUCK_STATE_DIR'] ?? '.')
}

type Printing = {
  readonly environment: CliEnvironment
  readonly items: JsonItems
  readonly json: boolean
}

function print(
  { output, lines, notes = [] }: Outcome,
  { environment, items, json }: Printing,
): void {
  // In JSON the escapes of `printableLog` mean the very characters that they stand for.
  const text = (): string => printableLog(JSON.stringify(output, null, 2))
  if (items.isOpen()) items.close(Object(output))
  else if (json && output !== null) environment.stdout.write(`${text()}\n`)
  if (!json && lines.length > 0) environment.stdout.write(`${lines.join('\n')}\n`)
  for (const note of notes) environment.stderr.write(`unstuck: ${note}\n`)
}

function fail(given: AppError, { environment, items, json }: Printing): number {
  const error = given.code === 'untrusted' ? withHint(given) : given
  const { code, message } = error
  if (json) print({ output: errorOutput(error), lines: [], exit: 0 }, { environment, items, json })
  else environment.stderr.write(`unstuck: ${printableLog(message)}\n`)
  if (code === 'bug') environment.stderr.write(`${defectText(error)}\n`)
  return errorExits[code]
}

function withHint({ code, message, details, cause }: AppError): AppError {
  return new AppError(code, `${message}\n  ${trustHint}`, details, { cause })
}

function defectText({ stack, cause }: AppError): string {
  const trace = cause instanceof Error ? cause.stack : stack
  return `This is a defect of Unstuck. Please report it with these lines:\n${trace ?? ''}`
}

/** A host that does not close is told, and does not change what the command came to. */
async function closeAll(hosts: readonly CliHost[], { stderr }: CliEnvironment): Promise<void> {
  for (const host of hosts) {
    await host.close().catch((error: unknown) => {
      stderr.write(`unstuck: the workspace did not close: ${toAppError(error).message}\n`)
    })
  }
}
