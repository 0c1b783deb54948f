/** Returns a value of `TF_REATTACH_PROVIDERS` for the AWS provider that this process serves on a local port. */
export function reattachTo(port: number): string {
  return JSON.stringify({
    'registry.terraform.io/hashicorp/aws': {
      Protocol: 'grpc',
      ProtocolVersion: 5,
      Pid: process.pid,
      Test: true, // keeps Terraform from ending this process
      Addr: { Network: 'tcp', String: `127.0.0.1:${port}` },
    },
  });
}
