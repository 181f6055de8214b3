/** The caller's mistake: an option or argument that cannot work. Nothing was sent. */
export class InvalidArgumentError extends TypeError {
  override readonly name = 'InvalidArgumentError';
}
