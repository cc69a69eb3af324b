import { fstatSync } from 'node:fs'
import { resolve } from 'node:path'
import { tokenOfFile } from '../../remote/tokenFile.ts'
import { AppError } from '../../../shared/errors.ts'
import { defineCommand } from '../command.ts'
import { exits } from '../exitCodes.ts'
import { passphraseOption, readPassphrase } from '../passphrase.ts'
import { wholeNumber } from '../values.ts'

const loopback = ['127.0.0.1', '::1', 'localhost']

export const serveCommand = defineCommand({
  name: 'serve',
  usage: '',
  summary: 'Serve the application to a browser, until Ctrl-C.',
  details: [
    'Whoever has the printed address can use it. Over SSH: ssh -L 7300:127.0.0.1:7300 HOST',
    'Without --host it answers this machine only. With another address every machine that reaches it may try the token, and what is said goes over the network unencrypted.',
    'With --token-file the token outlives a restart, and is not printed: it stands in that file.',
  ],
  positionals: { min: 0, max: 0 },
  options: {
    port: { type: 'string', value: 'PORT', help: 'listen on this port (a free one)' },
    host: { type: 'string', value: 'ADDRESS', help: 'listen on this address (127.0.0.1)' },
    name: {
      type: 'string',
      value: 'NAME',
      multiple: true,
      help: 'answer under this name too, such as that of a proxy',
    },
    'token-file': {
      type: 'string',
      value: 'FILE',
      help: 'take the token from this file, which is made when it is not there',
    },
    idle: {
      type: 'string',
      value: 'MINUTES',
      help: 'ask a page to connect again that nobody used for so long (60; 0: never)',
    },
    'read-only': { type: 'boolean', help: 'refuse every call that changes something' },
    ...passphraseOption,
    'state-file': {
      type: 'string',
      value: 'FILE',
      help: 'keep over a restart what the server holds in memory (UNSTUCK_STATE_FILE, else nowhere)',
    },
  },
  examples: ['unstuck serve --port 7300', 'unstuck serve --read-only --workspace /var/lib/flows'],
  run: async (context) => {
    const port = portOf(context.options.port)
    const address = context.options.host ?? '127.0.0.1'
    const readOnly = context.options['read-only']
    const idleMs = idleOf(context.options.idle)
    const { rendererDirectory, workspace } = context
    const tokenFile = context.options['token-file']
    const token =
      tokenFile === undefined ? null : await tokenOfFile(resolve(context.cwd, tokenFile))

    const stopped = new Promise<void>((done) => context.takeInterrupts(done))
    const stateFile = context.options['state-file']
    const passphrase = await readPassphrase(context.options['passphrase-file'], context)
    const host = await context.openHost(workspace, 'browser', {
      stateFile,
      ...(passphrase === null ? {} : { passphrase }),
    })
    host.prepare()
    // Loaded for this command alone: it brings the web socket along.
    const { serveRemote } = await import('../../remote/serveRemote.ts')
    const server = await serveRemote({
      host,
      port,
      address,
      readOnly,
      rendererDirectory,
      folders: [{ path: host.workspace.root, name: '<workspace>' }],
      names: context.options.name,
      idleMs,
      ...(token === null ? {} : { token }),
    })
    if (!readOnly) host.begin()
    // What is printed may be kept by whoever started this, as the journal of systemd does.
    const isKept = tokenFile !== undefined || isJournal()
    const url = isKept ? server.address : server.url
    const output = { url, port: server.port, readOnly, tokenFile: tokenFile ?? null }
    context.publish(output, [
      url,
      ...(isKept ? [whereToken(tokenFile)] : []),
      ...warnings(address),
      'Stop: Ctrl-C',
    ])
    await stopped
    await server.close()
    return { output: null, lines: ['Stopped.'], exit: exits.done }
  },
})

function portOf(text: string | undefined): number {
  const port = wholeNumber(text, 'port') ?? 0
  if (port <= 65_535) return port
  throw new AppError('invalid-input', `--port is at most 65535, not ${port}.`)
}

function idleOf(text: string | undefined): number {
  const minutes = wholeNumber(text, 'idle') ?? 60
  return minutes === 0 ? Infinity : minutes * 60_000
}

/** systemd names the device and inode of what it reads into its journal. */
function isJournal(): boolean {
  const { dev, ino } = fstatSync(1)
  return process.env['JOURNAL_STREAM'] === `${dev}:${ino}`
}

function whereToken(file: string | undefined): string {
  if (file !== undefined) return `The token is in ${file}: add #token=… to the address.`
  return 'The token is not printed, because the output is kept in a log: use --token-file.'
}

function warnings(address: string): readonly string[] {
  if (loopback.includes(address)) return []
  return [
    `Warning: ${address} is reachable from other machines, and nothing is encrypted: who listens on the way can read the token and act as you. Prefer 127.0.0.1 and an SSH tunnel.`,
  ]
}
