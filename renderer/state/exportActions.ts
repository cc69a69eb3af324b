import type { Stores } from './createStores.ts'
import type { ExportKind, ExportSubject } from './exportStore.ts'

/** Two stores stand behind the dialog: a bundle is made at the host, every other form is read from it piece by piece. */
export function exportActions(stores: Pick<Stores, 'exports' | 'bundleExport' | 'workspace'>) {
  const { exports, bundleExport } = stores
  const show = (kind: ExportKind, secrets: Secrets) => {
    const { subject, pick } = exports.getState()
    pick(kind, secrets)
    if (kind === 'bundle') void bundleExport.getState().ask(subject ?? { runs: [] }, secrets)
    else bundleExport.getState().close()
  }
  return {
    /** `kind`: what it is first shown as. */
    begin: (subject: ExportSubject, kind: ExportKind = usualKind(stores, subject)) => {
      exports.getState().begin(subject)
      show(kind, { redact: true, reason: '' })
    },
    /** What was said of secrets holds for the next kind too. */
    pick: (kind: ExportKind) => {
      const { kind: before, choice, reason } = exports.getState()
      const { choices } = bundleExport.getState()
      show(kind, before === 'bundle' ? secretsOf(choices) : { redact: choice.redact, reason })
    },
    close: () => {
      exports.getState().close()
      bundleExport.getState().close()
    },
  }
}

type Secrets = { readonly redact: boolean; readonly reason: string }

function secretsOf({ redact, reason }: Secrets): Secrets {
  return { redact, reason }
}

/** All of a run, where it is not in a bundle already; documents of other engines alone are looked at as JSON. */
function usualKind({ workspace }: Pick<Stores, 'workspace'>, { runs }: ExportSubject): ExportKind {
  if (runs.length === 0) return 'json'
  const opened = workspace.getState().workspace
  return opened.kind === 'ready' && (opened.value.bundle ?? null) !== null ? 'json' : 'bundle'
}
