/** The person ended the input (Ctrl-C, Ctrl-D) instead of answering, which counts as an interrupt. */
export class InputEnded extends Error {
  override name = 'InputEnded';
}
