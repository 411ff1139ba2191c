// The command line: reads the arguments, composes the engine, maps failures to exit codes.
return 0;
