{
  description = "agentvm: one virtual machine per project for coding agents, kept as agentvm.yaml declares";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs =
    { nixpkgs, ... }:
    let
      eachSystem = nixpkgs.lib.genAttrs [
        "x86_64-linux"
        "aarch64-linux"
        "x86_64-darwin"
        "aarch64-darwin"
      ];
    in
    {
      devShells = eachSystem (system: {
        default = import ./nix/shell.nix { pkgs = nixpkgs.legacyPackages.${system}; };
      });
    };
}
