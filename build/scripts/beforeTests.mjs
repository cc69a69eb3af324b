// Tests start the command line as it is built, which begins three times as fast as its sources.
export { buildIfStale as setup } from './build.mjs'
