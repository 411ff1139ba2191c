// Starts "recon lsp" for the files of packs and workspaces, and hands on what it says.
"use strict";

const { workspace } = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");

let client;

exports.activate = () => {
  const command = workspace.getConfiguration("recon").get("path") || "recon";
  client = new LanguageClient(
    "recon",
    "Recon packs",
    { command, args: ["lsp"], transport: TransportKind.stdio },
    {
      documentSelector: ["pack.yaml", "pack.test.yaml", "recon.yaml"]
        .map((name) => ({ scheme: "file", language: "yaml", pattern: `**/${name}` })),
    });
  return client.start();
};

exports.deactivate = () => client?.stop();
