import { serveRemote } from '../../remote/serveRemote.ts'
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
  ],
  positionals: { min: 0, max: 0 },
  options: {
    port: { type: 'string', value: 'PORT', help: 'listen on this port (a free one)' },
    host: { type: 'string', value: 'ADDRESS', help: 'listen on this address (127.0.0.1)' },
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
    const { rendererDirectory, workspace } = context

    const stopped = new Promise<void>((resolve) => context.takeInterrupts(resolve))
    const stateFile = context.options['state-file']
    const passphrase = await readPassphrase(context.options['passphrase-file'], context)
    const host = await context.openHost(workspace, 'browser', {
      stateFile,
      ...(passphrase === null ? {} : { passphrase }),
    })
    const folders = [{ path: host.workspace.root, name: '<workspace>' }]
    const server = await serveRemote({ host, port, address, readOnly, rendererDirectory, folders })
    if (!readOnly) host.begin()
    const output = { url: server.url, port: server.port, readOnly }
    context.publish(output, [server.url, ...warnings(address), 'Stop: Ctrl-C'])
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

function warnings(address: string): readonly string[] {
  if (loopback.includes(address)) return []
  return [`Warning: ${address} is reachable from other machines, and nothing is encrypted.`]
}
