import { resolve } from 'node:path'
import { needsPassphrase } from '../../../shared/errors.ts'
import type { BundleFacts } from '../../../shared/contract/bundles.ts'
import { defineCommand, type CliHost } from '../command.ts'
import { describeFacts } from '../describe/bundle.ts'
import { exits } from '../exitCodes.ts'
import { passphraseOption, readPassphrase } from '../passphrase.ts'

export const openCommand = defineCommand({
  name: 'open',
  usage: 'FILE',
  summary: 'Show a bundle or a folder to a browser of this machine, read-only, until Ctrl-C.',
  details: [
    'A bundle is unpacked into a private folder, which goes at the end. Nothing of it is executed or trusted.',
    'The page asks for the passphrase of an encrypted one, unless --passphrase-file gives it.',
    'Every other command reads it too: unstuck list --workspace FILE',
  ],
  positionals: { min: 1, max: 1 },
  options: passphraseOption,
  examples: [
    'unstuck open incident-4711.unstuck',
    'unstuck open secret.unstuck --passphrase-file -',
  ],
  run: async (context) => {
    const [file = ''] = context.positionals
    const passphrase = await readPassphrase(context.options['passphrase-file'], context)
    const stopped = new Promise<void>((done) => context.takeInterrupts(done))
    const path = resolve(context.cwd, file)
    const host = await context.openHost(path, 'browser', passphrase === null ? {} : { passphrase })
    const bundle = await factsOf(host)
    const { rendererDirectory } = context
    const folders = [{ path: host.workspace.root, name: '<bundle>' }]
    const place = { port: 0, address: '127.0.0.1' }
    host.prepare()
    const { serveRemote } = await import('../../remote/serveRemote.ts')
    const server = await serveRemote({ host, ...place, readOnly: true, rendererDirectory, folders })
    const told = bundle === null ? [] : bundle === 'locked' ? [lockedLine] : describeFacts(bundle)
    const shown = bundle === 'locked' ? null : bundle
    context.publish({ url: server.url, port: server.port, bundle: shown }, [
      ...told,
      server.url,
      'Stop: Ctrl-C',
    ])
    await stopped
    await server.close()
    return { output: null, lines: ['Closed.'], exit: exits.done }
  },
})

const lockedLine = 'It is encrypted: the page asks for its passphrase.'

async function factsOf(host: CliHost): Promise<BundleFacts | 'locked' | null> {
  const [asked] = await Promise.allSettled([host.client().call('workspace.get', {})])
  if (asked.status === 'fulfilled') return asked.value.bundle ?? null
  if (needsPassphrase(asked.reason)) return 'locked'
  throw asked.reason
}
