# Everything that building, testing and running agentvm needs from the host: `nix develop`.
{ pkgs }:
pkgs.mkShell {
  packages = [
    pkgs.nodejs
    pkgs.openssh
    pkgs.qemu
  ]
  ++ pkgs.lib.optionals pkgs.stdenv.isLinux [
    pkgs.e2fsprogs
    pkgs.fakeroot
    pkgs.iproute2
    pkgs.mmdebstrap
    pkgs.util-linux
  ];
}
