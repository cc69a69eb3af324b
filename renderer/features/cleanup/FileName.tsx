import styles from './FileName.module.css'

export type FileNameProps = { readonly path: string }

/** A path that loses its begin where there is no room. */
export function FileName({ path }: FileNameProps) {
  return (
    <span className={styles.name} title={path}>
      <bdi>{path}</bdi>
    </span>
  )
}
