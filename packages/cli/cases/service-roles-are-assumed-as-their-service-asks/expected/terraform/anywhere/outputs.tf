# Made by Keywright from keywright.yaml; do not edit by hand.
