/** Whether what is dragged is files of the desktop, and not a column of a table. */
export function hasFiles(
  event: Event,
): event is DragEvent & { readonly dataTransfer: DataTransfer } {
  if (!('dataTransfer' in event)) return false
  const { dataTransfer } = event as DragEvent // only these have it
  return dataTransfer?.types.includes('Files') === true
}
