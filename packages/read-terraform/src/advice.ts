/** The help for a value that a plan or a module does not contain. */
export const readTheState = 'read the state after `terraform apply` instead';

/** The help for a resource that is incomplete in a state. */
export const refreshIt =
  'write the state again with `terraform apply -refresh-only`, or leave this resource to Terraform';
