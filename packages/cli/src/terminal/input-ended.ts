/** The person ended the input (Ctrl-C, Ctrl-D) instead of answering: as good as an interrupt. */
export class InputEnded extends Error {
  override name = 'InputEnded';
}
