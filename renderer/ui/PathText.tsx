import styles from './PathText.module.css'

export type PathTextProps = { readonly path: string }

/** A path whose last part stands out; where it is too long, what is above gives way first. */
export function PathText({ path }: PathTextProps) {
  const cut = path.lastIndexOf('/') + 1
  if (path === '') return <code className={styles.path}>(everything)</code>
  return (
    <code className={styles.path} title={path}>
      <span className={styles.above}>{path.slice(0, cut)}</span>
      <span className={styles.name}>{path.slice(cut)}</span>
    </code>
  )
}
