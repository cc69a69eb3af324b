import styles from './Bundle.module.css'

export type BundleFileProps = { readonly onPick: (file: File) => void }

/** Asks for the file. Nothing of it is executed, and nothing is made before it was shown. */
export function BundleFile({ onPick }: BundleFileProps) {
  return (
    <label className={styles.file}>
      <span>
        A file that ends in <code>.unstuck</code>. What is in it is shown first; nothing of it is
        executed, and no run here is replaced.
      </span>
      <input
        type="file"
        accept=".unstuck"
        data-first-focus
        onChange={(event) => {
          const file = event.target.files?.[0]
          if (file !== undefined) onPick(file)
        }}
      />
    </label>
  )
}
