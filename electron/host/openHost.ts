// Opens a workspace for a page: where it is an encrypted bundle, the page asks for its passphrase.
import { needsPassphrase } from '../../shared/errors.ts'
import { createHost, type Host, type HostOptions } from './createHost.ts'
import { createLockedHost } from './createLockedHost.ts'

/** [X95] A command is told at once that a passphrase is needed: nobody sits before it. */
export async function openHost(options: HostOptions): Promise<Host> {
  try {
    return await createHost(options)
  } catch (error) {
    const isAsked = options.host !== 'cli' && options.passphrase === undefined
    if (!isAsked || !needsPassphrase(error)) throw error
    return createLockedHost(options)
  }
}
