/** For steps without a log: what is too large for the state is not kept. */
export function keepNowhere(): Promise<never> {
  return Promise.reject(new Error('The step has no log.'))
}
