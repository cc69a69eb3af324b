/** Reads one at a time; asked again meanwhile, it reads once more, so that the last change is never missed. */
export function createReader(read: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null
  let isAskedAgain = false
  const loop = async () => {
    do {
      isAskedAgain = false
      await read()
    } while (isAskedAgain)
    running = null
  }
  return () => {
    if (running === null) running = loop()
    else isAskedAgain = true
    return running
  }
}
