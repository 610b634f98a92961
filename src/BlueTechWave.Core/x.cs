namespace BlueTechWave.Core;
