/** Hands a file to the browser to keep. */
export function saveFile(name: string, pieces: readonly string[]): void {
  const url = URL.createObjectURL(new Blob([...pieces], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Once it is taken: a large one is read after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
