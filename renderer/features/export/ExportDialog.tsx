import { useStore } from 'zustand'
import { exportActions } from '../../state/exportActions.ts'
import { countSubject } from '../../state/exportStore.ts'
import { useStores } from '../../state/StoresProvider.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { formatCount } from '../../ui/formatCount.ts'
import { BundleChoices } from './BundleChoices.tsx'
import { BundleFooter } from './BundleFooter.tsx'
import { BundleResult } from './BundleResult.tsx'
import { ExportChoices } from './ExportChoices.tsx'
import { ExportKinds } from './ExportKinds.tsx'
import { FileFooter } from './FileFooter.tsx'
import { FileResult } from './FileResult.tsx'
import styles from './ExportDialog.module.css'

/** Runs as a file, for people or for other programs: what it would be, what is taken out of it, and then the file. */
export function ExportDialog() {
  const stores = useStores()
  const { subject, kind, work } = useStore(stores.exports)
  const isMaking = useStore(stores.bundleExport, (state) => state.work.kind === 'making')
  if (subject === null) return null
  const { pick, close } = exportActions(stores)
  const isBundle = kind === 'bundle'
  const isBusy = isMaking || work.kind === 'running'
  const count = countSubject(subject)
  const what = subject.runs.length === 0 ? 'document' : 'run'
  return (
    <Dialog
      open
      size="l"
      title={count === 1 ? `Export the ${what}` : `Export ${formatCount(count)} ${what}s`}
      onClose={close}
      footer={isBundle ? <BundleFooter onClose={close} /> : <FileFooter onClose={close} />}
    >
      <div className={styles.columns}>
        <div className={styles.form}>
          <ExportKinds kind={kind} subject={subject} isBusy={isBusy} onPick={pick} />
          {isBundle ? <BundleChoices /> : <ExportChoices subject={subject} isBusy={isBusy} />}
        </div>
        <section className={styles.result} aria-label="What would be in it">
          {isBundle ? <BundleResult /> : <FileResult />}
        </section>
      </div>
    </Dialog>
  )
}
