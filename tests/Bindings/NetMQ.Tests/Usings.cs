global using NetMQ;
global using NetMQ.Sockets;
global using NetMQ.Tests;
