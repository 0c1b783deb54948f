/** The help for a value that a plan or a module does not contain. */
export const readTheState = 'read the state after `terraform apply` instead';
