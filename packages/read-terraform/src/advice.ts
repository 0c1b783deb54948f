/** What helps whenever a plan or a module does not tell a value. */
export const readTheState = 'read the state after `terraform apply` instead';
