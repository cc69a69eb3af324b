import { ExportDialog } from './ExportDialog.tsx'
import { ImportDialog } from './ImportDialog.tsx'

/** Bundles go and come from anywhere in the window. */
export function BundleDialogs() {
  return (
    <>
      <ExportDialog />
      <ImportDialog />
    </>
  )
}
